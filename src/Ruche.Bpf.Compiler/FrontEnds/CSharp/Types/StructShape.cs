// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>How a struct lies in memory. One object for each struct and each choice of type arguments.</summary>
internal sealed class StructShape(string name)
{
    private const int MostElements = 32;

    private ImmutableArray<(int Offset, IrType Type)> _pieces;

    public string Name { get; } = name;

    public int Size { get; set; } = 1;

    public int Alignment { get; set; } = 1;

    public ImmutableArray<FieldShape> Fields { get; set; } = [];

    /// <summary>How many elements an inline array has, 0 for other structs.</summary>
    public int Count { get; set; }

    /// <summary>What C calls it when it is one of the kernel's: <c>struct task_struct</c>.</summary>
    public string? KernelName { get; set; }

    /// <summary>The name by which the kernel knows it, where it knows it: <c>bpf_spin_lock</c>.</summary>
    public string? BtfName { get; set; }

    /// <summary>Where it is declared; null for the few of the base library.</summary>
    public TypeInstance? Definition { get; set; }

    /// <summary>
    /// What it is made of, without holes: the numbers and addresses in its fields, or words where they overlap, or are too many to be told apart.
    /// </summary>
    public ImmutableArray<(int Offset, IrType Type)> Pieces => _pieces.IsDefault ? _pieces = FindPieces() : _pieces;

    /// <summary>Whether bytes of it belong to no field.</summary>
    public bool HasHoles => Pieces.Sum(p => p.Type.Bytes) < Size;

    public FieldShape? Find(string field)
    {
        foreach (var candidate in Fields)
        {
            if (candidate.Name == field) return candidate;
        }

        return null;
    }

    private ImmutableArray<(int Offset, IrType Type)> FindPieces()
    {
        if (Count > MostElements) return Words(0, Size);
        var pieces = ImmutableArray.CreateBuilder<(int Offset, IrType Type)>();
        for (int element = 0; element < Math.Max(Count, 1); element++)
        {
            foreach (var field in Fields)
            {
                int start = field.Offset + element * field.Type.Size;
                if (field.Type is ClrType.Struct inner) pieces.AddRange(inner.Shape.Pieces.Select(p => (start + p.Offset, p.Type)));
                else pieces.Add((start, field.Type.InMemory));
            }
        }

        pieces.RemoveAll(p => p.Offset + p.Type.Bytes > Size);
        pieces.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        for (int i = 1; i < pieces.Count; i++)
        {
            if (pieces[i].Offset < pieces[i - 1].Offset + pieces[i - 1].Type.Bytes) return Words(0, Size);
        }

        // What a declared size leaves behind the last field belongs to a buffer that the field is the first element of.
        int end = pieces.Count > 0 ? pieces[^1].Offset + pieces[^1].Type.Bytes : 0;
        if (Size - end >= Alignment && Count == 0 && pieces.Count > 0) pieces.AddRange(Words(end, Size));
        return pieces.DrainToImmutable();
    }

    private ImmutableArray<(int Offset, IrType Type)> Words(int start, int end)
    {
        var words = ImmutableArray.CreateBuilder<(int Offset, IrType Type)>();
        while (start < end)
        {
            int bytes = Math.Min(8, Alignment);
            while (bytes > end - start || start % bytes != 0) bytes /= 2;
            words.Add((start, IrType.IntOf(bytes * 8)));
            start += bytes;
        }

        return words.DrainToImmutable();
    }
}

/// <summary>A field of a struct.</summary>
internal sealed record FieldShape(string Name, int Offset, ClrType Type)
{
    /// <summary>Whether nobody outside the struct sees it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What the type information says of a pointer beside its type: <c>kptr</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>Of a list or a tree, what it is of, and by which field.</summary>
    public (ClrType Type, string Field)? Contains { get; init; }
}
