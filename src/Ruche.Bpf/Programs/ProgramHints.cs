// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Programs;

/// <summary>What a refused load usually means.</summary>
internal static class ProgramHints
{
    private const string NeedsMany = "one program for many functions came with Linux 7.2; use kprobe.multi, or fentry and fexit for each";

    /// <summary>A hint for a load that failed without a word from the verifier.</summary>
    public static string? For(ProgramImage image, Errno errno) => errno switch
    {
        Errno.EPERM when IsTrampoline(image) && Capabilities.Has(Capabilities.SysAdmin) =>
            "this kernel refuses fentry, fexit and LSM programs although the process is privileged (a hardened kernel or a sandbox); "
            + "use a tracepoint or tp_btf instead",
        Errno.EINVAL or Errno.EOPNOTSUPP when image.InterfaceIndex != 0 && !image.Flags.HasFlag(ProgramFlags.XdpDeviceBound) =>
            $"the card behind interface {image.InterfaceIndex} cannot run {image.Type} programs; load it for the kernel, or bound to the device",
        Errno.EINVAL or Errno.EOPNOTSUPP when image.InterfaceIndex != 0 =>
            $"the driver of interface {image.InterfaceIndex} tells programs nothing about its packets, or this kernel is older than 6.3; load it for any device",
        Errno.EINVAL when IsForMany(image) => NeedsMany,
        Errno.EINVAL when image.AttachType is Objects.Uapi.AttachType.TraceFsession =>
            "one program for entry and return came with Linux 7.0; use kprobe.session, or fentry and fexit",
        Errno.EINVAL when image.Type is ProgramType.Lsm => "the kernel may lack CONFIG_BPF_LSM, or the function is no LSM hook",
        Errno.EINVAL when image.License.Length == 0 => "the object declares no licence; add char LICENSE[] SEC(\"license\") = \"GPL\"",
        Errno.EINVAL => $"this kernel may not know {image.Type} programs{Attach(image)}, their flags, or their attach target",
        Errno.ENOTSUPP or Errno.EOPNOTSUPP => $"this kernel cannot load {image.Type} programs{Attach(image)}",
        Errno.ENOENT => "something the program refers to (a map, a module, an attach target) is gone",
        _ => Hints.For(BpfCommand.ProgLoad, errno),
    };

    /// <summary>A hint for a load that the verifier refused.</summary>
    public static string? For(ProgramImage image, VerifierLog log)
    {
        if (log.Reason.StartsWith("invalid func unknown#", StringComparison.Ordinal))
            return image.MissingAt?.Invoke(log.Slot) ?? $"this kernel does not offer the helper to {image.Type} programs";
        if (log.Reason.StartsWith("Tracing programs must provide btf_id", StringComparison.Ordinal) && IsForMany(image)) return NeedsMany;
        if (log.Reason.StartsWith("ldimm64 failed to find the address", StringComparison.Ordinal))
            return "this kernel keeps no symbols of its variables (CONFIG_KALLSYMS_ALL)";
        if (log.Reason.StartsWith("cannot call GPL-restricted function", StringComparison.Ordinal))
            return $"the object's licence is '{image.License}'; a GPL-compatible one is needed";
        if (log.Reason.Contains("program is too large", StringComparison.Ordinal) || log.Reason.Contains("jumps is too complex", StringComparison.Ordinal))
            return "bound or simplify its loops, or split it with bpf_loop, may_goto or global functions";
        if (!log.Reason.StartsWith("unknown func ", StringComparison.Ordinal)
            && !log.Reason.StartsWith("program of this type cannot use helper", StringComparison.Ordinal)) return null;

        // A locked-down kernel hides what reads its memory.
        return (log.Reason.Contains("bpf_probe_", StringComparison.Ordinal) ? Lockdown.Hint() : null)
            ?? $"this kernel does not offer the helper to {image.Type} programs";
    }

    private static string Attach(ProgramImage image) => image.AttachType is { } attach ? $" for {attach}" : "";

    private static bool IsForMany(ProgramImage image) => image.Type is ProgramType.Tracing
        && image.AttachType is Objects.Uapi.AttachType.TraceFentryMulti or Objects.Uapi.AttachType.TraceFexitMulti or Objects.Uapi.AttachType.TraceFsessionMulti;

    private static bool IsTrampoline(ProgramImage image) => image.Type is ProgramType.Lsm or ProgramType.Ext
        || (image.Type is ProgramType.Tracing
            && image.AttachType is Objects.Uapi.AttachType.TraceFentry or Objects.Uapi.AttachType.TraceFexit or Objects.Uapi.AttachType.ModifyReturn);
}
