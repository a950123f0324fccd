// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>What functions have in common (a common information entry, CIE).</summary>
/// <param name="CodeFactor">What distances in the code are multiplied by.</param>
/// <param name="DataFactor">What distances on the stack are multiplied by.</param>
/// <param name="ReturnRegister">The register that stands for the return address.</param>
/// <param name="Pointers">How addresses of functions are written.</param>
/// <param name="HasExtras">Whether each function's entry has a part of its own for its language.</param>
/// <param name="Start">What holds where a function begins.</param>
internal sealed record FrameCommon(ulong CodeFactor, long DataFactor, ulong ReturnRegister, PointerEncoding Pointers, bool HasExtras, FrameState Start);
