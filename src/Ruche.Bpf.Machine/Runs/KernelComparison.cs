// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Runs;

/// <summary>What runs here can be held against: runs of the same program in the kernel, on request and without attaching it.</summary>
public static class KernelComparison
{
    /// <summary>Refuses programs that no kernel runs on request. Of the others, a kernel may be too old for some; only it knows.</summary>
    /// <exception cref="InvalidObjectException"><see cref="MachineDiagnostics.NoKernelRun"/>.</exception>
    public static void Require(string objectName, ProgramSpec program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (IsRunWhereAttached(program.Type)) throw Refuse(objectName, program);
    }

    /// <summary>What a program is refused with.</summary>
    public static InvalidObjectException Refuse(string objectName, ProgramSpec program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new(new Diagnostic(
            MachineDiagnostics.NoKernelRun,
            Severity.Error,
            $"program '{program.Name}': the kernel runs {program.Type.KernelName()} programs only where they are attached, and has no run to compare with; "
                + "run it without the kernel, or attach it",
            new Location.Image(objectName, program.Section, 0)));
    }

    // Types without a test_run operation.
    private static bool IsRunWhereAttached(ProgramType type) => type is
        ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.Lsm or ProgramType.Ext
        or ProgramType.CgroupSock or ProgramType.CgroupSockAddr or ProgramType.CgroupSockOpt or ProgramType.CgroupSysctl or ProgramType.CgroupDevice
        or ProgramType.SockOps or ProgramType.SkSkb or ProgramType.SkMsg or ProgramType.SkReuseport or ProgramType.LircMode2;
}
