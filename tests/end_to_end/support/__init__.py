# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests stand on: a real broker, a witness, headless clients, and the ways to disturb them."""

from .broker import Broker
from .case import ChatTest, GNATTER, PLUGIN_DIRECTORY, SLOW, main
from .fake_broker import FakeBroker, TextServer
from .gnatter import Event, Gnatter
from .process import Process, run
from .proxy import Proxy
from .screen import ScreenTest
from .tls_server import TlsServer, server_context
from .tmux import Pane, Tmux
from .waiting import LIMIT, eventually
from .witness import Witness

__all__ = ["Broker", "ChatTest", "Event", "FakeBroker", "GNATTER", "Gnatter", "LIMIT", "PLUGIN_DIRECTORY", "Pane",
           "Process", "Proxy", "SLOW", "ScreenTest", "TextServer", "TlsServer",
           "Tmux", "Witness", "eventually", "main", "run", "server_context"]
