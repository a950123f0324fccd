// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct pollfd</c>.</summary>
internal struct PollFd
{
    public int Fd;
    public short Events;
    public short Revents;
}
