// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Several attachments of one program that live and end together: one per CPU, or one per probed function.</summary>
public sealed class LinkGroup : BpfLink
{
    internal LinkGroup(AttachKind kind, string program, string target, ImmutableArray<BpfLink> members)
        : base(kind, program, target) => Members = members;

    /// <summary>The attachments.</summary>
    public ImmutableArray<BpfLink> Members { get; }

    /// <inheritdoc/>
    public override string Mechanism => $"{Members.Length} × {(Members.IsEmpty ? "nothing" : Members[0].Mechanism)}";

    /// <inheritdoc/>
    public override void Replace(BpfProgram program)
    {
        foreach (var member in Members) member.Replace(program);
    }

    /// <summary>Makes each member in turn; when one fails, those made before it are undone.</summary>
    internal static LinkGroup Attach<T>(AttachKind kind, string program, string target, IEnumerable<T> places, Func<T, BpfLink> attach)
    {
        var members = ImmutableArray.CreateBuilder<BpfLink>();
        try
        {
            foreach (var place in places) members.Add(attach(place));
            return new(kind, program, target, members.ToImmutable());
        }
        catch
        {
            foreach (var member in members) member.Dispose();
            throw;
        }
    }

    private protected override void Release(bool keepPinned)
    {
        foreach (var member in Members)
        {
            if (keepPinned) member.Dispose();
            else member.Detach();
        }
    }
}
