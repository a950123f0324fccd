// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Build;

/// <summary>A release of the kernel that programs can be built for: what code it takes, and how it judges.</summary>
internal sealed record BpfKernel(TargetProfile Target)
{
    private const string Prefix = "Linux ";

    /// <summary>The releases, the oldest first.</summary>
    public static IReadOnlyList<BpfKernel> All { get; } = [.. TargetProfile.Releases.Select(t => new BpfKernel(t))];

    /// <summary>This release and the later ones whose verdicts are known.</summary>
    public IEnumerable<KernelProfile> Verdicts => KernelProfile.All.Where(k => k.Release >= Release);

    private KernelRelease Release
    {
        get
        {
            var version = Version.Parse(ToString());
            return new(version.Major, version.Minor);
        }
    }

    /// <summary>The release of some name, such as <c>5.10</c>; null when there is none.</summary>
    public static BpfKernel? Find(string name) => All.FirstOrDefault(k => k.ToString() == name);

    /// <inheritdoc/>
    public override string ToString() => Target.Name[Prefix.Length..];
}
