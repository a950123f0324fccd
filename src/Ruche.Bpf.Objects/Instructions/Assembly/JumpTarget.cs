// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Where a jump goes as written: a distance, or a label when one is named.</summary>
internal readonly record struct JumpTarget(int Distance, AssemblyToken? Label);
