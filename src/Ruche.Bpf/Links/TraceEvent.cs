// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>A static trace point by its names.</summary>
/// <param name="Category">The category, such as <c>sched</c>.</param>
/// <param name="Name">The name within it, such as <c>sched_switch</c>.</param>
public sealed record TraceEvent(string Category, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Category}:{Name}";
}
