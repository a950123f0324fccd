// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What a member of a <see cref="BpfStructOps{TTable}"/> holds that is no function. Those that are not set are zero.</summary>
[AttributeUsage(AttributeTargets.Field, AllowMultiple = true)]
public sealed class StructOpsValueAttribute : Attribute
{
    /// <summary>A member that is a text, such as the name by which a congestion control is chosen.</summary>
    /// <param name="member">The member of the table.</param>
    /// <param name="text">The text; the member has room for its UTF-8 and a zero.</param>
    public StructOpsValueAttribute(string member, string text) => (Member, Text) = (member, text);

    /// <summary>A member that is a number.</summary>
    /// <param name="member">The member of the table.</param>
    /// <param name="number">The number.</param>
    public StructOpsValueAttribute(string member, long number) => (Member, Number) = (member, number);

    /// <summary>The member of the table.</summary>
    public string Member { get; }

    /// <summary>The text; null when it is a number.</summary>
    public string? Text { get; }

    /// <summary>The number; 0 when it is a text.</summary>
    public long Number { get; }
}
