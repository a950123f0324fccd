// SPDX-License-Identifier: MIT
using Ruche.Trace.Output;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>A few names of the kernel and of one process, and one stack of each.</summary>
internal sealed class KnownNames : ISymbolNames
{
    public const int Process = 7;

    private static readonly ulong[] KernelStack = [0xffffffff821f3125, 0xffffffff81000e46];
    private static readonly ulong[] UserStack = [0x7fd3fe3942a0, 0x7f0bccaf09af];

    // As the kernel writes them: a status, a build id, an offset; where the file is not known, an address.
    private static readonly ulong[] Places = [0xddccbbaa_00000001, 0x99887766_554433ff, 0x11111111_000000ee, 0x1f40, 1, 0, 0, 5, 2, 0, 0, 0x7f0bccaf09af];

    public static PrintContext Context { get; } = new()
    {
        Symbols = new KnownNames(),
        TimeFormats = ["%H", "%f %T"],
        NameOf = (kind, id) => (kind, id) switch { (NameKind.User, 0) => "root", (NameKind.ControlGroup, 1) => "unified:/", _ => null },
        WallClock = boot => 1_795_297_656_000_000_000 + (long)boot,
    };

    public SymbolName? Kernel(ulong address) => address switch
    {
        0xffffffff821f3125 => new("irqentry_exit_to_user_mode", 261),
        0xffffffff81000e46 => new("asm_sysvec_reschedule_ipi", 22),
        0xffffffff81000000 => new("_text", 0),
        _ => null,
    };

    public SymbolName? User(int process, ulong address) =>
        (process, address) == (Process, 0x7fd3fe3942a0) ? new("__libc_read", 0, "/usr/lib/x86_64-linux-gnu/libc.so.6") : null;

    public void Keep(int process)
    {
    }

    public ReadOnlySpan<ulong> Stack(TraceType.Stack type, long id) => (id, type.IsUser) switch
    {
        (4, true) => Places,
        (3, false) => KernelStack,
        (3, true) => UserStack,
        _ => [],
    };
}
