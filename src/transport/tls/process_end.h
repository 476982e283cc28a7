// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gnatter::transport {

/// From now on OpenSSL stays as it is until the process is gone. By itself it frees at exit() what it keeps
/// for every thread, and asks nobody whether that thread has ended: Paho's threads are detached, and say that
/// they have stopped before they end; so are ours that look up and shake hands. One that ended beside the
/// main thread's exit() read freed memory: a rare crash of OpenSSL's init_thread_stop(), on a busy machine,
/// which AddressSanitizer's search for leaks could turn into a wait for ever.
///
/// Only what comes before all other use of OpenSSL in the process has an effect: whatever may be the first
/// calls it. Any thread, as often as one likes.
void keep_openssl_to_the_end();

}  // namespace gnatter::transport
