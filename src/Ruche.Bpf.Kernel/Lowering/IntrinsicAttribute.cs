// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>The compiler knows the method by its name and type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IntrinsicAttribute : Attribute;
