// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Generation;

/// <summary>The types that <c>--types</c> names.</summary>
internal static class TypeChoice
{
    /// <summary>Their ids; none when the option is not given.</summary>
    /// <param name="call">The command line.</param>
    /// <param name="types">Where they are looked up.</param>
    /// <param name="owner">Whose types these are, in words.</param>
    public static ImmutableArray<int> Of(Invocation call, BtfSpec types, string owner)
    {
        string names = call.Value(GenerationCommands.Types) ?? "";
        return [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => Find(types, name, owner))];
    }

    private static int Find(BtfSpec types, string name, string owner)
    {
        foreach (BtfKind kind in (BtfKind[])[BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64, BtfKind.Typedef])
            if (types.TryFind(kind, name, out int id)) return id;
        string question = Spelling.Question(name, types.IdsOf(BtfKind.Struct).Select(types.NameOf));
        throw new CommandFailure(ExitCode.Usage, $"{owner} has no type '{name}'{question}");
    }
}
