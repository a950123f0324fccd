// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <content>Blocks and statements.</content>
internal sealed partial class SyntaxPrinter
{
    private void PrintBlock(Expression.Block block)
    {
        if (block.Statements.IsEmpty && block.Value is null && !_comments.HasBefore(block.Span.End))
        {
            _out.WriteLine("{");
            _out.Write("}");
            return;
        }

        _out.WriteLine("{");
        _out.Indent++;
        _comments.MoveTo(block.Span.Start + 1);
        bool isFirst = true;
        foreach (var statement in block.Statements)
        {
            bool isLast = block.Value is null && statement == block.Statements[^1];
            PrintLine(statement, isFirst, standsApart: false, () => PrintStatement(statement, isLast));
            isFirst = false;
        }

        if (block.Value is { } value) PrintLine(value, isFirst, standsApart: false, () => PrintExpression(value));
        PrintCommentsBefore(block.Span.End, isFirst && block.Value is null);
        _out.Indent--;
        _out.Write("}");
    }

    private void PrintStatement(Statement statement, bool isLast)
    {
        switch (statement)
        {
            case Statement.Evaluate x:
                PrintExpression(x.Expression);
                // A last block without a semicolon would be the value of the block around it.
                if (isLast || x.Expression is not (Expression.If or Expression.Block)) _out.Write(";");
                break;
            case Statement.Discard x: PrintTail("_ = ", x.Expression); break;
            case Statement.Assign x:
                PrintExpression(x.Target);
                PrintTail(x.Operator is { } operation ? $" {Operators.Spelling(operation)}= " : " = ", x.Value);
                break;
            case Statement.Declare x: PrintDeclare(x); break;
            case Statement.ForEach x: PrintLoop($"for (${x.Variable.Name} : @{x.Map.Name})", x.Body); break;
            case Statement.ForRange x:
                _out.Write($"for (${x.Variable.Name} : ");
                PrintExpression(x.From);
                _out.Write("..");
                PrintExpression(x.To);
                PrintLoop(")", x.Body);
                break;
            case Statement.While x: PrintRepetition("while", x.Condition, x.Body); break;
            case Statement.Unroll x: PrintRepetition("unroll", x.Count, x.Body); break;
            case Statement.Break: _out.Write("break;"); break;
            case Statement.Continue: _out.Write("continue;"); break;
            case Statement.Return { Value: null }: _out.Write("return;"); break;
            case Statement.Return x: PrintTail("return ", x.Value!); break;
            case Statement.Import x: _out.Write($"import {x.Path.Spelling};"); break;
            default: throw new UnreachableException($"no case for {statement.GetType().Name}");
        }
    }

    private void PrintTail(string before, Expression value)
    {
        _out.Write(before);
        PrintExpression(value);
        _out.Write(";");
    }

    private void PrintDeclare(Statement.Declare declare)
    {
        _out.Write($"let ${declare.Variable.Name}");
        if (declare.Type is not null)
        {
            _out.Write(" : ");
            PrintType(declare.Type);
        }

        if (declare.Value is null) _out.Write(";");
        else PrintTail(" = ", declare.Value);
    }

    private void PrintLoop(string head, Expression.Block body)
    {
        _out.Write($"{head} ");
        PrintBlock(body);
    }

    private void PrintRepetition(string keyword, Expression operand, Expression.Block body)
    {
        _out.Write($"{keyword} (");
        PrintExpression(operand);
        PrintLoop(")", body);
    }

    private void PrintIf(Expression.If branch)
    {
        // comptime stands before the parentheses: that is how everyone writes it.
        bool isBare = branch.Condition is Expression.Comptime;
        _out.Write(isBare ? "if " : "if (");
        PrintExpression(branch.Condition);
        PrintLoop(isBare ? "" : ")", branch.Then);
        if (branch.Else is null) return;
        _out.Write(" else ");
        PrintExpression(branch.Else);
    }
}
