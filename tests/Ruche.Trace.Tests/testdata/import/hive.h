#define FOUR 4
struct hive { int bees; int drones; };
