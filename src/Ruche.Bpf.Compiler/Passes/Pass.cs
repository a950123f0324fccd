// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Passes;

/// <summary>One improvement, under the name that text cases and <see cref="PassPipeline"/> know it by.</summary>
internal sealed record Pass(string Name, Action<PassSubject> Run);
