// SPDX-License-Identifier: MIT
namespace Ruche.Trace;

/// <summary>An option of a script, which its <c>getopt</c> asks for.</summary>
/// <param name="Name">The word behind the two dashes.</param>
/// <param name="Default">What stands in for it, as the script writes it.</param>
/// <param name="IsFlag">Whether the name alone means something: the option is true or false.</param>
/// <param name="Description">What the script says of it; empty when it says nothing.</param>
public sealed record ScriptOption(string Name, string Default, bool IsFlag, string Description);
