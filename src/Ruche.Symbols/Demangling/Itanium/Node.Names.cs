// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal abstract partial class Node
{
    /// <summary>A name as it stands.</summary>
    public sealed class Name(string text) : Node
    {
        public string Text => text;

        public override bool IsPlain => true;

        public override void Left(NodePrinter printer) => printer.Text.Add(text);
    }

    /// <summary>A standard name that has a short form, and a long one for its constructors.</summary>
    public sealed class Abbreviation(string text, string scope, string name) : Node
    {
        public override bool IsPlain => true;

        public override Node Base => new Name(name);

        /// <summary>The form that a constructor's scope is written in.</summary>
        public Node Long => new Name(scope);

        public override void Left(NodePrinter printer) => printer.Text.Add(text);
    }

    /// <summary><c>scope::name</c>.</summary>
    public sealed class Scoped(Node scope, Node name) : Node
    {
        public override bool IsPlain => true;

        public override Node Base => name.Base;

        public override void Left(NodePrinter printer)
        {
            printer.Print(scope);
            printer.Text.Add("::");
            printer.Print(name);
        }
    }

    /// <summary>A name with template arguments.</summary>
    public sealed class Template(Node name, Arguments arguments) : Node
    {
        public override Node Base => name.Base;

        public override void Left(NodePrinter printer)
        {
            printer.Print(name);
            printer.Print(arguments);
        }
    }

    /// <summary><c>&lt;a, b&gt;</c>.</summary>
    public sealed class Arguments(IReadOnlyList<Node> nodes) : Node
    {
        public IReadOnlyList<Node> Nodes => nodes;

        public override void Left(NodePrinter printer)
        {
            // "operator<" and "operator<<" would swallow the bracket.
            if (printer.Text.Last == '<') printer.Text.Add(' ');
            printer.Text.Add('<');
            printer.List(nodes);
            if (printer.Text.Last == '>') printer.Text.Add(' ');
            printer.Text.Add('>');
        }
    }

    /// <summary>A name with a tag of its ABI.</summary>
    public sealed class Tagged(Node name, string tag) : Node
    {
        public override bool IsPlain => name.IsPlain;

        public override Node Base => name.Base;

        public override void Left(NodePrinter printer)
        {
            printer.Print(name);
            printer.Text.Add("[abi:");
            printer.Text.Add(tag);
            printer.Text.Add(']');
        }
    }

    /// <summary>A constructor or destructor.</summary>
    public sealed class Structor(Node type, bool isDestructor) : Node
    {
        public override bool IsPlain => true;

        public override void Left(NodePrinter printer)
        {
            if (isDestructor) printer.Text.Add('~');
            printer.Print(type);
        }
    }

    /// <summary><c>operator T</c>.</summary>
    public sealed class Conversion(Node type) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add("operator ");
            printer.Print(type);
        }
    }

    /// <summary>A lambda's class, with the template parameters it declares.</summary>
    public sealed class Lambda(IReadOnlyList<Node> head, IReadOnlyList<Node> parameters, int number) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add("{lambda");
            if (head.Count > 0)
            {
                printer.Text.Add('<');
                printer.List(head);
                printer.Text.Add('>');
            }

            printer.Text.Add('(');
            printer.InLambda(head, () => printer.List(parameters));
            printer.Text.Add($")#{number}}}");
        }
    }

    /// <summary>A template parameter that a lambda declares.</summary>
    public sealed class Declaration(Node? type, string kind, string name) : Node
    {
        public string Called => name;

        public override void Left(NodePrinter printer)
        {
            if (type is null) printer.Text.Add("typename");
            else printer.Print(type);
            printer.Text.Add($"{kind} {name}");
        }
    }

    /// <summary>The names of a structured binding.</summary>
    public sealed class Binding(IReadOnlyList<Node> names) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add('[');
            printer.List(names);
            printer.Text.Add(']');
        }
    }

    /// <summary>Something that belongs to a thing: <c>vtable for X</c>.</summary>
    public sealed class Special(string text, Node of, Node? within = null) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add(text);
            printer.Print(of);
            if (within is null) return;
            printer.Text.Add("-in-");
            printer.Print(within);
        }
    }

    /// <summary>A function: its name with what it returns and takes, and the arguments that its template parameters stand for.</summary>
    public sealed class Function(Node? result, Node name, IReadOnlyList<Node> parameters, string qualifiers, IReadOnlyList<Node> arguments) : Node
    {
        /// <summary>Its name alone.</summary>
        public Node Named => name;

        /// <summary>The same without what it returns, as a scope is written.</summary>
        public Function WithoutResult => result is null ? this : new(null, name, parameters, qualifiers, arguments);

        public override bool HasRight(NodePrinter printer) => true;

        public override void Left(NodePrinter printer) => printer.Inside(arguments, () =>
        {
            if (result is not null)
            {
                printer.Left(result);
                if (!result.HasRight(printer)) printer.Text.Add(' ');
            }

            printer.Print(name);
        });

        public override void Right(NodePrinter printer) => printer.Inside(arguments, () =>
        {
            printer.Text.Add('(');
            printer.List(parameters);
            printer.Text.Add(')');
            if (result is not null && result.HasRight(printer)) printer.Right(result);
            printer.Text.Add(qualifiers);
        });
    }
}
