// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>The kernels that were asked about.</summary>
internal static class TargetKernels
{
    private const string RunningTypes = "/sys/kernel/btf/vmlinux";

    /// <summary>The profiles of releases as written on the command line; of the running kernel when nothing was.</summary>
    public static IReadOnlyList<KernelProfile> Parse(string? releases, bool isPrivileged) =>
        [.. Parse(releases).Select(k => k with { IsPrivileged = isPrivileged })];

    private static IReadOnlyList<KernelProfile> Parse(string? releases) => releases switch
    {
        null => [Running()],
        "all" => KernelProfile.All,
        _ => [.. releases.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find)],
    };

    /// <summary>The kernel's types: of a file, or of the running kernel; null when there are none.</summary>
    public static BtfSpec? TypesOf(string? path)
    {
        if (path is not null && !File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        path ??= RunningTypes;
        return File.Exists(path) ? BtfSpec.Read(File.ReadAllBytes(path), name: path) : null;
    }

    private static KernelProfile Running() => Nearest(new(KernelVersion.Current.Major, KernelVersion.Current.Minor));

    private static KernelProfile Find(string text)
    {
        if (text is "newest") return KernelProfile.Newest;
        string[] parts = text.Split('.');
        bool isRelease = parts.Length is 2 or 3 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isRelease) throw new CommandFailure(ExitCode.Usage, $"'{text}' is no kernel release; write 6.1, newest, or all");
        return Nearest(new(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    // Rules change with releases, and hold until they change again.
    private static KernelProfile Nearest(KernelRelease release) => KernelProfile.Linux618 with { Release = release };
}
