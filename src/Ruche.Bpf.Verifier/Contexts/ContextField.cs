// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>A field that programs may access, or an array of equal ones, and the rules about it.</summary>
/// <param name="Name">What the kernel's header calls it; an index in brackets when the rules differ among the elements.</param>
/// <param name="Offset">The first byte at which an access may begin.</param>
/// <param name="Element">The bytes of one element.</param>
/// <param name="Count">How many elements.</param>
internal sealed record ContextField(string Name, int Offset, int Element = 4, int Count = 1)
{
    /// <summary>At how many bytes, from the first one, an access may begin.</summary>
    public int Extent { get; init; } = Element * Count;

    /// <summary>How many bytes accesses may cover; more than the extent where the kernel once had a wider field.</summary>
    public int Reach { get; init; } = Element * Count;

    /// <summary>How many bytes a read may have.</summary>
    public AccessSizes Reads { get; init; }

    /// <summary>How many bytes a write may have.</summary>
    public AccessSizes Writes { get; init; }

    /// <summary>Whether parts can only be read from the first byte on.</summary>
    public bool IsReadFromStart { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience Readers { get; init; } = Audience.Everyone;

    /// <summary>Who may write it.</summary>
    public Audience Writers { get; init; }

    /// <summary>Whether only programs with CAP_BPF may read it.</summary>
    public bool IsReadPrivileged { get; init; }

    /// <summary>Whether only programs with CAP_BPF may write it.</summary>
    public bool IsWritePrivileged { get; init; }

    /// <summary>What a load gives.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Scalar;

    /// <summary>What is known about a loaded pointer.</summary>
    public ValueFlags Flags { get; init; }

    /// <summary>The kernel's type of a loaded pointer.</summary>
    public string? TypeName { get; init; }

    /// <summary>The release that brought it; the default for fields older than every supported one.</summary>
    public KernelRelease Since { get; init; }

    /// <summary>The release that changed its rules, when another row says how.</summary>
    public KernelRelease Before { get; init; } = new(int.MaxValue, 0);

    /// <summary>The release that made it writable, when that came later.</summary>
    public KernelRelease WritableSince { get; init; }

    /// <summary>Whether an access that begins at a byte means this field.</summary>
    public bool Covers(int offset) => offset >= Offset && offset < Offset + Extent;

    /// <summary>Whether a release has it, with these rules.</summary>
    public bool IsIn(KernelRelease kernel) => kernel >= Since && kernel < Before;

    /// <summary>How many bytes a read, or a write, may have.</summary>
    public AccessSizes Sizes(bool isWrite)
    {
        AccessSizes sizes = isWrite ? Writes : Reads;
        return sizes is AccessSizes.Element ? (AccessSizes)Element : sizes;
    }
}
