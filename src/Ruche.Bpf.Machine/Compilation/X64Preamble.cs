// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What every program begins with: the way in, and the ways to the runtime. The program's first instruction comes right behind.</summary>
/// <param name="Code">The same for all programs.</param>
/// <param name="Unwind">Where a run ends.</param>
/// <param name="FindThunk">Where a region is looked for.</param>
/// <param name="HelperThunk">Where a helper is called.</param>
internal sealed record X64Preamble(byte[] Code, int Unwind, int FindThunk, int HelperThunk);
