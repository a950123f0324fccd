// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>What a symbol says about the function that starts at its place.</summary>
internal sealed record FunctionStart(string Name, bool IsLocal, bool IsHidden, bool IsWeak = false);
