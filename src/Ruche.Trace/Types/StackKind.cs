// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Trace.Types;

/// <summary>What a map of stacks keeps.</summary>
/// <param name="IsUser">Whether they are those of processes.</param>
/// <param name="HasBuildIds">Whether the kernel puts down for each address the build id of its file and the place in it.</param>
/// <param name="Depth">How many addresses they have at most.</param>
internal readonly record struct StackKind(bool IsUser, bool HasBuildIds, int Depth)
{
    /// <summary>How many words stand for an address of which the kernel puts down the file: a status, 20 bytes of build id, and where in the file.</summary>
    public const int WordsOfPlace = 4;

    /// <summary>What it is called in the object, and in recordings.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(HasBuildIds ? 'b' : IsUser ? 'u' : 'k')}{Depth}");

    /// <summary>How many words a stack takes.</summary>
    public int Words => HasBuildIds ? Depth * WordsOfPlace : Depth;

    public static StackKind Of(TraceType.Stack type) => new(type.IsUser, type.Mode is StackMode.BuildId, type.Depth);
}
