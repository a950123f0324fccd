// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Images;

/// <summary>What an image is called in diagnostics, and the id reported when it ends too early.</summary>
/// <param name="TruncatedId">Diagnostic id of a read past the end.</param>
/// <param name="File">The file, or what stands for it.</param>
/// <param name="Section">The section within the file, if any.</param>
/// <param name="Start">Where the image starts within the section or file.</param>
internal readonly record struct ImageSource(string TruncatedId, string File, string? Section = null, long Start = 0)
{
    public Location At(long offset) => new Location.Image(File, Section, Start + offset);

    public Diagnostic Error(string id, string message, long offset, params ReadOnlySpan<string> notes) =>
        new(id, Severity.Error, message, At(offset)) { Notes = [.. notes] };

    [DoesNotReturn]
    public void Throw(string id, string message, long offset, params ReadOnlySpan<string> notes) =>
        throw new InvalidObjectException(Error(id, message, offset, notes));

    [DoesNotReturn]
    public void ThrowTruncated(long wanted, long left, long offset) =>
        Throw(TruncatedId, $"expected {wanted} more bytes, found {left}", offset, "the image is truncated or corrupt");
}
