"""任务"""
import streamlit as st
from ui import markup
st.html(markup.table(["a","b"],[[markup.go("indicator","KK",indicator="trainees"),markup.lamp("red")+markup.spark([1,2,None,4,3],5)+markup.meter(.6,.75)]]))
