package dev.serai.broker;

/**
 * An endpoint whose consumer holds a thread until the route has ended, so that the route may go on
 * there, whatever it does.
 */
public interface HoldsThread {}
