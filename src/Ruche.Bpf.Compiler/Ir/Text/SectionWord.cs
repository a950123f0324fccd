// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>What the word for a section says about it.</summary>
internal sealed record SectionWord(DataSectionKind Kind, bool IsFixed);
