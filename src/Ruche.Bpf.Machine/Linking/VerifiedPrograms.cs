// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Machine.Linking;

/// <summary>Programs that need no checks at run time, because the verifier has proven them.</summary>
internal static class VerifiedPrograms
{
    /// <summary>Whether a program is proven to stay within what it is given, whatever that is.</summary>
    /// <remarks>
    /// The proof holds here because it uses nothing that only a kernel has: no types of it, so that no pointer to its objects can be followed,
    /// and no contents of read-only sections, which a test may still change. Contexts whose size a kernel checks when the program is attached
    /// or run (tracepoints, syscall programs, arguments of functions) are left to the checks at run time.
    /// </remarks>
    public static bool Accepts(ObjectSpec spec, ProgramSpec program, MachineOptions options)
    {
        if (!HasFixedContext(program.Type) || options.Helpers.Helpers.Any() || options.Helpers.KernelFunctions.Any() || options.TargetTypes is { IsDefault: false, Length: > 1 }) return false;
        var types = options.TargetTypes.IsDefaultOrEmpty ? spec.Btf : options.TargetTypes[0];
        var read = new ProgramReader(spec, types).Read(program);
        var maps = read.Maps.ToDictionary(m => m.Key, m => WithoutConstants(m.Value));
        return ProgramVerifier.Verify(read with { Maps = maps }, new()).IsAccepted;
    }

    private static ProgramMap WithoutConstants(ProgramMap map) => new() { Spec = map.Spec, Types = map.Types, Inner = map.Inner };

    private static bool HasFixedContext(ProgramType type) =>
        type is ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.CgroupSkb
            or ProgramType.CgroupSock or ProgramType.CgroupSockAddr or ProgramType.CgroupDevice or ProgramType.SkLookup or ProgramType.SockOps
            or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit;
}
