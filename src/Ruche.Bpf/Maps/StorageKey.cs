// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>The key of a storage map: a descriptor of what a value is kept with, opened for the call or lent by its owner.</summary>
internal readonly ref struct StorageKey
{
    private readonly BpfFd? _opened;
    private readonly HeldSocket _lent;

    public StorageKey(BpfFd opened) => _opened = opened;

    public StorageKey(Socket lent) => _lent = new(lent);

    public int Fd => _opened?.Value ?? _lent.Fd;

    public void Dispose()
    {
        if (_opened is not null) _opened.Dispose();
        else _lent.Dispose();
    }
}
