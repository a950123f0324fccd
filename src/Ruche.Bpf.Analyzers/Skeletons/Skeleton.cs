// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>What is generated for a class of kernel programs.</summary>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Class">Its name.</param>
/// <param name="ObjectName">The object's name.</param>
/// <param name="IsPublic">Whether the class is.</param>
/// <param name="Members">Its members.</param>
internal sealed record Skeleton(string Namespace, string Class, string ObjectName, bool IsPublic, EquatableList<SkeletonMember> Members)
{
    /// <summary>The name of the class that is generated.</summary>
    public string Name => $"{Class}Object";
}
