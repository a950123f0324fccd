// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>A type of the kernel that has a name.</summary>
internal sealed record NamedType(string Name, int Id);
