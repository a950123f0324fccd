// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>A member of an object that its skeleton has too.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What it is called in C#.</param>
/// <param name="KernelName">What it is called in the object.</param>
/// <param name="Type">What the skeleton's member is, in full.</param>
/// <param name="IsPublic">Whether everybody may see its type.</param>
/// <param name="IsConstant">Of a variable, whether it can be set only before the object is loaded.</param>
internal sealed record SkeletonMember(MemberKind Kind, string Name, string KernelName, string Type, bool IsPublic, bool IsConstant = false);
