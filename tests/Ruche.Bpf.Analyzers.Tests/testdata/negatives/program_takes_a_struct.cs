[BpfObject]
public static class ProgramTakesAStruct
{
    struct Name
    {
        public long First;
    }

    [Fentry("do_unlinkat")]
    static int OnUnlink(int folder, Name name) => folder; // RU1010
}
