// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>What this host has names for.</summary>
internal enum NameKind
{
    User,
    ControlGroup,
    Process,
}
