// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <content>Expressions and types.</content>
internal sealed partial class SyntaxPrinter
{
    private void PrintExpression(Expression expression)
    {
        switch (expression)
        {
            case Expression.Integer x: _out.Write(x.Spelling); break;
            case Expression.String x: _out.Write(x.Spelling); break;
            case Expression.Boolean x: _out.Write(x.Value ? "true" : "false"); break;
            case Expression.Identifier x: _out.Write(x.Name); break;
            case Expression.Variable x: _out.Write($"${x.Name}"); break;
            case Expression.Positional x: _out.Write($"${x.Number}"); break;
            case Expression.PositionalCount: _out.Write("$#"); break;
            case Expression.Map x: PrintMap(x); break;
            case Expression.Unary x: PrintUnary(x); break;
            case Expression.Binary x: PrintBinary(x); break;
            case Expression.Conditional x: PrintConditional(x); break;
            case Expression.If x: PrintIf(x); break;
            case Expression.Block x: PrintBlock(x); break;
            case Expression.Comptime x: _out.Write("comptime "); PrintExpression(x.Operand); break;
            case Expression.Call x: PrintAround($"{x.Name}(", () => PrintList(x.Arguments), ")"); break;
            case Expression.Tuple x: PrintAround("(", () => PrintList(x.Elements), x.Elements.Length == 1 ? ",)" : ")"); break;
            case Expression.Record x: PrintAround("(", () => PrintSeparated(x.Fields, PrintField), ")"); break;
            case Expression.Parenthesized x: PrintAround("(", () => PrintExpression(x.Inner), ")"); break;
            default: PrintAccess(expression); break;
        }
    }

    private void PrintAccess(Expression expression)
    {
        switch (expression)
        {
            case Expression.Field x: PrintExpression(x.Operand); _out.Write($"{(x.IsArrow ? "->" : ".")}{x.Name}"); break;
            case Expression.Element x: PrintExpression(x.Operand); _out.Write($".{x.Position}"); break;
            case Expression.Index x:
                PrintExpression(x.Operand);
                PrintAround("[", () => PrintExpression(x.Position), "]");
                break;
            case Expression.Cast x:
                PrintAround("(", () => PrintType(x.Type), ")");
                PrintExpression(x.Operand);
                break;
            case Expression.SizeOf x: PrintAround("sizeof(", () => PrintSubject(x.Subject), ")"); break;
            case Expression.TypeInfo x: PrintAround("typeinfo(", () => PrintSubject(x.Subject), ")"); break;
            case Expression.OffsetOf x: PrintAround("offsetof(", () => PrintSubject(x.Subject), $", {string.Join('.', x.Path)})"); break;
            case Expression.ContainerOf x:
                PrintAround("container_of(", () => PrintExpression(x.Pointer), ", ");
                PrintSubject(x.Subject);
                _out.Write($", {string.Join('.', x.Path)})");
                break;
            default: throw new UnreachableException($"no case for {expression.GetType().Name}");
        }
    }

    private void PrintAround(string before, Action print, string after)
    {
        _out.Write(before);
        print();
        _out.Write(after);
    }

    private void PrintField(RecordField field) => PrintAround($"{field.Name}=", () => PrintExpression(field.Value), "");

    private void PrintMap(Expression.Map map)
    {
        _out.Write($"@{map.Name}");
        if (!map.Keys.IsEmpty) PrintAround("[", () => PrintList(map.Keys), "]");
    }

    // Two of these signs in a row would read as one operator.
    private void PrintUnary(Expression.Unary unary)
    {
        string sign = Operators.Spelling(unary.Operator);
        if (Operators.IsPostfix(unary.Operator))
        {
            PrintExpression(unary.Operand);
            _out.Write(sign);
            return;
        }

        _out.Write(sign);
        if (sign is "-" or "&" && unary.Operand is Expression.Unary inner && !Operators.IsPostfix(inner.Operator)
            && Operators.Spelling(inner.Operator)[0] == sign[0])
        {
            _out.Write(" ");
        }

        PrintExpression(unary.Operand);
    }

    private void PrintBinary(Expression.Binary binary)
    {
        int indent = _out.Indent;
        PrintExpression(binary.Left);
        _out.Write($" {Operators.Spelling(binary.Operator)}");
        PrintGap(binary.Left, binary.Right, indent);
        PrintExpression(binary.Right);
        _out.Indent = indent;
    }

    private void PrintConditional(Expression.Conditional conditional)
    {
        PrintExpression(conditional.Condition);
        if (conditional.WhenTrue is null) _out.Write(" ?: ");
        else PrintAround(" ? ", () => PrintExpression(conditional.WhenTrue), " : ");
        PrintExpression(conditional.WhenFalse);
    }

    private void PrintSubject(SyntaxNode subject)
    {
        if (subject is TypeName type) PrintType(type);
        else PrintExpression((Expression)subject);
    }

    private void PrintType(TypeName type)
    {
        switch (type)
        {
            case TypeName.Named x: _out.Write(x.Name); break;
            case TypeName.Tagged x: _out.Write($"{x.Keyword} {x.Name}"); break;
            case TypeName.Pointer x:
                PrintType(x.Target);
                // As everyone writes it: struct task_struct *, int8*.
                _out.Write(x.Target is TypeName.Tagged ? " *" : "*");
                break;
            case TypeName.Array x:
                PrintType(x.Element);
                PrintAround("[", () => PrintSize(x.Size), "]");
                break;
            case TypeName.TypeOf x: PrintAround("typeof(", () => PrintSubject(x.Subject), ")"); break;
            default: throw new UnreachableException($"no case for {type.GetType().Name}");
        }
    }

    private void PrintSize(Expression? size)
    {
        if (size is not null) PrintExpression(size);
    }
}
