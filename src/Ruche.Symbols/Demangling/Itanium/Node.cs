// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

/// <summary>
/// A part of a mangled name: a name, a type or an expression. As C's declarators do, types write themselves around what they are the type of:
/// a part left of it and a part right of it.
/// </summary>
internal abstract partial class Node
{
    private Node()
    {
    }

    /// <summary>Whether it stands in an expression without parentheses.</summary>
    public virtual bool IsPlain => false;

    /// <summary>The name that its constructors have: without scopes and template arguments.</summary>
    public virtual Node Base => this;

    /// <summary>Writes what stands left of the thing that has this type, or the whole.</summary>
    public abstract void Left(NodePrinter printer);

    /// <summary>Writes what stands right of it.</summary>
    public virtual void Right(NodePrinter printer)
    {
    }

    /// <summary>Whether anything stands right of it.</summary>
    public virtual bool HasRight(NodePrinter printer) => false;

    /// <summary>Whether it is an array, so that pointers to it need parentheses.</summary>
    public virtual bool IsArray(NodePrinter printer) => false;

    /// <summary>Whether it is a function, so that pointers to it need parentheses.</summary>
    public virtual bool IsFunction(NodePrinter printer) => false;

    /// <summary>What it stands for, when it only refers to something else.</summary>
    public virtual Node Resolved(NodePrinter printer) => this;
}
