static class Subject
{
    public static uint Compute(uint a, uint b)
    {
        uint sum = 0;
        for (uint i = 0; i < (a & 15); i++)
        {
            if (i == 7) continue;
            sum += i * b;
            if (sum > 100_000) break;
        }

        int left = (int)(b & 7);
        while (left > 0) { sum ^= (uint)left; left--; }
        int times = 0;
        do { sum += 3; times++; } while (times < 4);
        return sum;
    }
}
