// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Flow;

/// <summary>The loops of a program: sets of slots each of which can be reached from each other, within one function.</summary>
internal static class Loops
{
    /// <summary>The number of the loop that each slot lies in; 0 for none. A call that calls the program back may be a loop of its own.</summary>
    public static int[] Of(ProgramFlow flow, bool callbacksAreLoops)
    {
        int count = flow.Code.Length;
        int[] loops = new int[count], order = new int[count], low = new int[count];
        Stack<int> open = new();
        Stack<(int Slot, int Next)> path = new();
        int visited = 0, found = 0;
        for (int root = 0; root < count; root++)
        {
            if (!flow.Reachable[root] || order[root] != 0) continue;
            path.Push((root, 0));
            while (path.TryPop(out var step))
            {
                int slot = step.Slot;
                if (step.Next == 0)
                {
                    order[slot] = low[slot] = ++visited;
                    open.Push(slot);
                }

                var (first, second) = flow.Successors(slot);
                var scattered = flow.Scattered(slot);
                int next = step.Next switch { 0 => first, 1 => second, var way when way < 2 + scattered.Length => scattered[way - 2], _ => -1 };
                if (step.Next < 2 + scattered.Length)
                {
                    path.Push((slot, step.Next + 1));
                    if (next < 0 || next >= count) continue;
                    if (order[next] == 0) path.Push((next, 0));
                    else low[slot] = Math.Min(low[slot], order[next]);
                    continue;
                }

                if (low[slot] == order[slot])
                {
                    bool isLoop = open.Peek() != slot || first == slot || second == slot || scattered.Contains(slot) || (callbacksAreLoops && flow.CallsBack(slot));
                    if (isLoop) found++;
                    int member;
                    do
                    {
                        member = open.Pop();
                        if (isLoop) loops[member] = found;
                        low[member] = order[member] = int.MaxValue;
                    }
                    while (member != slot);
                }

                if (path.TryPeek(out var caller)) low[caller.Slot] = Math.Min(low[caller.Slot], low[slot]);
            }
        }

        return loops;
    }
}
