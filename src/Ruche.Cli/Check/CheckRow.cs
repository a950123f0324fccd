// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Check;

/// <summary>One thing that was looked at.</summary>
/// <param name="Group">What it belongs to: host, capabilities, kernel, hooks.</param>
/// <param name="Name">The thing.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Consequence">What does not work without it; empty when it is there.</param>
/// <param name="Remedy">What to do about it; empty when it is there, or nothing can be done.</param>
/// <param name="IsNeeded">Whether Ruche cannot do its work without it.</param>
internal sealed record CheckRow(string Group, string Name, CheckState State, string Detail, string Consequence = "", string Remedy = "", bool IsNeeded = false)
{
    /// <summary>A thing that is there or not.</summary>
    public static CheckRow Of(string group, string name, bool isThere, string detail, string consequence, string remedy, bool isNeeded = false) => isThere
        ? new(group, name, CheckState.Ok, detail)
        : new(group, name, CheckState.Missing, detail, consequence, remedy, isNeeded);
}
