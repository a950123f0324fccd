// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>A lock that is held until the end of a <c>using</c> statement, see <see cref="Bpf.Lock(ref BpfSpinLock)"/>.</summary>
public readonly ref struct SpinLockScope
{
    private readonly ref BpfSpinLock _lock;

    internal SpinLockScope(ref BpfSpinLock @lock) => _lock = ref @lock;

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => Bpf.SpinUnlock(ref _lock);
}
