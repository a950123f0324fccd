// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Check;

/// <summary>How one thing stands on this host.</summary>
internal enum CheckState
{
    Ok,
    Missing,
    Refused,
    Unknown,
}
