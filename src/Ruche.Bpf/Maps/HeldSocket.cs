// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace Ruche.Bpf.Maps;

/// <summary>Keeps a socket from being closed while its descriptor is used.</summary>
internal readonly ref struct HeldSocket
{
    private readonly SafeSocketHandle _handle;

    public HeldSocket(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _handle = socket.SafeHandle;
        bool isHeld = false;
        _handle.DangerousAddRef(ref isHeld);
    }

    public int Fd => (int)_handle.DangerousGetHandle();

    public void Dispose() => _handle.DangerousRelease();
}
