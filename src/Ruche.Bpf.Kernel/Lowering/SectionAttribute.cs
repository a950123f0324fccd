// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>
/// The section of programs that an attribute of this type marks. <c>{0}</c> stands for its first argument, <c>{1}</c> for its second, and so on. A missing
/// argument takes the slash or colon before it along. Attributes that have a property <c>IsSleepable</c> or <c>HasFragments</c> put <c>.s</c> or
/// <c>.frags</c> behind the name's first part when it is set.
/// </summary>
/// <param name="format">The section's name as loaders know it, such as <c>tracepoint/{0}/{1}</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SectionAttribute(string format) : Attribute
{
    /// <summary>The section's name.</summary>
    public string Format { get; } = format;

    /// <summary>Where the parameters of a program come from.</summary>
    public ArgumentSource Arguments { get; init; }
}
