namespace CallCenter.Simulators;

internal static class Placeholder;
