// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>What a section name was understood as.</summary>
/// <param name="Definition">The definition it matches; null for a name that says nothing.</param>
/// <param name="Target">What follows the definition's name, such as <c>raw_syscalls/sys_enter</c>; empty when nothing does.</param>
/// <param name="AutoLoad">Whether the program wants to be loaded without being asked: false after a leading question mark.</param>
public readonly record struct SectionMatch(SectionDefinition? Definition, string Target, bool AutoLoad);
