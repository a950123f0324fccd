// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>How the image begins: <c>struct image</c> of testdata/arm64.c.</summary>
internal readonly record struct GuestHeader(ulong Count, ulong OutputLength, ulong Synchronize, ulong Start, ulong End);
