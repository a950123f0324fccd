// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>Lists the kernel's objects of one kind: all of them, or those that the words name.</summary>
internal sealed record ObjectListing<TObject, TRow>
    where TObject : class
{
    /// <summary>The kind, to find pins and holders.</summary>
    public required KernelObjectKind Kind { get; init; }

    /// <summary>The ids of all of them.</summary>
    public required Func<IEnumerable<uint>> Ids { get; init; }

    /// <summary>Opens one by its id; null when it has gone.</summary>
    public required Func<uint, TObject?> TryOpen { get; init; }

    /// <summary>Opens those that words name.</summary>
    public required Func<CommandWords, List<TObject>> Select { get; init; }

    /// <summary>Reads what is shown of one.</summary>
    public required Func<TObject, TRow> Read { get; init; }

    /// <summary>Lets go of one.</summary>
    public required Action<TObject> Close { get; init; }

    /// <summary>How they are listed.</summary>
    public required Func<Surroundings, IListingShape<TRow>> Shape { get; init; }

    /// <summary>Lists them; the only one of those that were asked for is no array in JSON.</summary>
    public int Run(Invocation call)
    {
        bool isAll = call.Words.IsEmpty;
        List<TRow> rows = isAll ? [.. All()] : Selected(call.Words);
        ListingOutput.Write(rows, Shape(Surroundings.Of(call, Kind)), call.Format, isSingle: !isAll && rows.Count == 1);
        return ExitCode.Done;
    }

    private IEnumerable<TRow> All()
    {
        foreach (uint id in Ids())
        {
            if (TryOpen(id) is not { } one) continue;
            try
            {
                yield return Read(one);
            }
            finally
            {
                Close(one);
            }
        }
    }

    private List<TRow> Selected(CommandWords words)
    {
        List<TObject> objects = Select(words);
        try
        {
            words.End();
            return [.. objects.Select(Read)];
        }
        finally
        {
            foreach (var one in objects) Close(one);
        }
    }
}
