// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One note: whose it is, what it is, and its bytes.</summary>
/// <param name="Owner">The name of who defines the type, such as <c>GNU</c> or <c>stapsdt</c>.</param>
/// <param name="Type">What it is, by owner.</param>
/// <param name="Contents">Its bytes.</param>
public sealed record ElfNote(string Owner, uint Type, ReadOnlyMemory<byte> Contents);
