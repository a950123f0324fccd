// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to the static trace points (USDT) that programs and libraries carry.</summary>
public static class UsdtAttachment
{
    /// <summary>
    /// Attaches to every place of a static trace point: by one link, or one probe each before Linux 6.6. A program made with
    /// libbpf's <c>usdt.bpf.h</c> and loaded as part of an object finds its arguments; others get the cookie as it is.
    /// </summary>
    /// <param name="program">A kprobe program.</param>
    /// <param name="target">The trace point; a library or program without a path is searched for, without a file the process is.</param>
    /// <param name="options">How; null for all processes.</param>
    /// <exception cref="BpfException">ENOENT: no such file or trace point; ESRCH: no such process; E2BIG: too many descriptions of arguments.</exception>
    public static BpfLink AttachUsdt(this BpfProgram program, UsdtTarget target, UsdtOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new();
        string operation = $"attach '{program.Name}' to static trace point {target}";
        var file = UsdtFile.Find(target, options.Pid, operation);
        UprobeOptions probe = new() { Pid = options.Pid };
        if (program.Usdt is not { } specs)
        {
            UprobePlace[] plain = [.. file.Places.Select(p => new UprobePlace(p.Offset, p.Counter, options.Cookie))];
            return new UsdtLink(UprobeAttachment.AttachPlaces(program, file.Path, plain, probe, target.ToString(), operation), () => { }, program.Name, target.ToString());
        }

        var lease = specs.Describe(file, options, operation, hasCookies: KernelFeatures.AttachCookie.Ask() is not Support.No);
        try
        {
            var probes = UprobeAttachment.AttachPlaces(program, file.Path, lease.Places, probe, target.ToString(), operation);
            return new UsdtLink(probes, lease.Dispose, program.Name, target.ToString());
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }
}
